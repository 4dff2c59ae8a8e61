'use strict';

// The book's room server on socket.io: two places a room, messages to the other one in the room. It relays to the room that the sender is in
// (the book's does not, D9), and logs to its clients on joining only (the book's sends each message back too, which helps nobody's call).
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, { cors: { origin: '*' } });

io.on('connection', (socket) => {
  let room;
  const log = (...lines) => socket.emit('log', lines);

  socket.on('create or join', (name) => {
    const members = io.sockets.adapter.rooms.get(name)?.size ?? 0;
    log(`S --> Room ${name} has ${members} client(s)`, `S --> Request to create or join room ${name}`);
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

http.listen(0, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${http.address().port}`));

// Ends with the program that started it, however that ends.
process.stdin.resume().on('end', () => process.exit());
