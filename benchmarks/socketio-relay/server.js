'use strict';

// The book's room server on socket.io, as one writes it: two places a room, messages to the other one in the room.
// It logs to its clients on joining only, and not, as the book's does, each message back to its sender: that would double its work.
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });

io.on('connection', (socket) => {
  let room;
  const log = (...lines) => socket.emit('log', lines);

  socket.on('create or join', (name) => {
    const members = io.sockets.adapter.rooms.get(name)?.size ?? 0;
    log(`S --> Room ${name} has ${members} client(s)`);
    if (members >= 2) {
      socket.emit('full', name);
      return;
    }

    room = name;
    socket.join(name);
    if (members === 0) {
      socket.emit('created', name);
    } else {
      socket.to(name).emit('join', name);
      socket.emit('joined', name);
    }
  });

  socket.on('message', (message) => {
    if (room) socket.to(room).emit('message', message);
  });
});

http.listen(0, '127.0.0.1', () => console.log(`Now listening on: http://127.0.0.1:${http.address().port}`));
