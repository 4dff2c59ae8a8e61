'use strict';

// The book's rooms on socket.io, as one writes them: two places a room, messages to the other one in the room. They relay to the room that the
// sender is in (the book's do not, D9), and log to their clients on joining only (the book's send each message back to its sender too, which
// would double the work and helps nobody's call).
exports.openRooms = (io) => {
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
};
