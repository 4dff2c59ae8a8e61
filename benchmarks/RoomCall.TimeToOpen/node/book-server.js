'use strict';

// The book's room server, for pages of any origin.
const { createServer } = require('node:http');
const { Server } = require('socket.io');
const { openRooms } = require('../../socketio-relay/rooms.js');

const http = createServer();
openRooms(new Server(http, { cors: { origin: '*' } }));
http.listen(0, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${http.address().port}`));

// Ends with the program that started it, however that ends.
process.stdin.resume().on('end', () => process.exit());
