/** A signaling server in the process of the test, with what `joinRoom` of signaling/resuming-room.js gives to a session. */
export class FakeRoomServer {
  capacity = 2;
  iceServers = [];

  /** All that members have said, in order: `{ from, kind, payload }`. */
  said = [];

  /** What becomes of a message on its way. */
  change = (payload) => payload;
  #rooms = new Map();
  #lastId = 0;

  /** @type {typeof import('../../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/resuming-room.js').joinRoom} */
  joinRoom = (transport, { room, name }, onEvent) => {
    const member = { id: `peer-${++this.#lastId}`, name, onEvent, parked: null };
    setImmediate(() => this.#enter(room, member));
    return {
      send: (to, payload) => this.#relay(room, member, to, payload),
      park: (generation, payload) => this.#park(room, member, generation, payload),
      leave: async () => {
        this.#remove(room, member, 'left');
        this.#tell(member, { type: 'ended', detail: 'The room was left.' });
      },
      close: () => {
        member.isClosed = true;
        this.#remove(room, member, 'vanished');
      },
    };
  };

  /** Says what no session would. */
  inject(from, to, payload) {
    const members = [...this.#rooms.values()].flat();
    this.#tell(members.find(({ id }) => id === to), { type: 'message', from, payload });
  }

  /** Ends every connection. */
  end(detail) {
    for (const member of [...this.#rooms.values()].flat()) {
      this.#tell(member, { type: 'ended', detail });
    }

    this.#rooms.clear();
  }

  #membersOf(room) {
    if (!this.#rooms.has(room)) {
      this.#rooms.set(room, []);
    }

    return this.#rooms.get(room);
  }

  #enter(room, member) {
    const members = this.#membersOf(room);
    if (member.isClosed) {
      return;
    }

    if (members.length === this.capacity) {
      this.#tell(member, { type: 'full', room });
      return;
    }

    const [first] = members;
    members.push(member);
    if (first === undefined) {
      this.#tell(member, { type: 'created', room, self: member.id, iceServers: this.iceServers });
      return;
    }

    const names = first.name === undefined ? {} : { [first.id]: first.name };
    this.#tell(member, { type: 'joined', room, self: member.id, peers: [first.id], initiator: first.id, iceServers: this.iceServers, names });
    const { parked } = first;
    first.handed = parked === null ? null : { generation: parked.generation, to: member };
    first.parked = null;
    parked?.payloads.forEach((payload) => this.#tell(member, { type: 'message', from: first.id, payload }));
    this.#tell(first, { type: 'join', peer: member.id, initiator: first.id, name: member.name ?? null, parked: parked?.generation ?? null });
  }

  #relay(room, member, to, payload) {
    this.said.push({ from: member.id, kind: 'message', payload });
    const other = this.#membersOf(room).find(({ id }) => id === to);
    if (other === undefined) {
      this.#tell(member, { type: 'error', code: 'unknown-peer', detail: 'It has left.' });
    } else {
      this.#tell(other, { type: 'message', from: member.id, payload: this.change(payload) });
    }

    return true;
  }

  #park(room, member, generation, payload) {
    this.said.push({ from: member.id, kind: 'park', payload });
    if (member.handed?.generation === generation) {
      this.#tell(member.handed.to, { type: 'message', from: member.id, payload: this.change(payload) });
    } else if (this.#membersOf(room).length === 1) {
      member.parked = member.parked?.generation === generation ? member.parked : { generation, payloads: [] };
      member.parked.payloads.push(this.change(payload));
    }

    return true;
  }

  #remove(room, member, reason) {
    const members = this.#membersOf(room);
    const index = members.indexOf(member);
    if (index >= 0) {
      members.splice(index, 1);
      members.forEach((other) => this.#tell(other, { type: 'left', peer: member.id, reason, initiator: members[0].id }));
    }
  }

  // In order, and never within a call of the one who is told.
  #tell(member, event) {
    setImmediate(() => {
      if (!member.isClosed) {
        member.onEvent(event);
      }
    });
  }
}
