'use strict';

// PeerJS's own server with its own defaults.
const { PeerServer } = require('peer');

PeerServer({ host: '127.0.0.1', port: 0 }, (http) => console.log(`Listening on http://127.0.0.1:${http.address().port}`));

// Ends with the program that started it, however that ends.
process.stdin.resume().on('end', () => process.exit());
