'use strict';

// The book's room server, over WebSockets alone.
const { createServer } = require('node:http');
const { Server } = require('socket.io');
const { openRooms } = require('./rooms.js');

const http = createServer();
openRooms(new Server(http, { transports: ['websocket'] }));
http.listen(0, '127.0.0.1', () => console.log(`Now listening on: http://127.0.0.1:${http.address().port}`));
