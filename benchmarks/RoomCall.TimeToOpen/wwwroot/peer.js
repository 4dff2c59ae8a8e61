// One of the two peers of a run. The program opens the page, waits until all code is loaded, and then calls what stands in `peer`.

const { contender: name, trace, media, ...setting } = Object.fromEntries(new URL(location.href).searchParams);

// Before the contender's code, which may keep what the browser gives it.
if (trace) await import('./trace.js');
const contender = await import(`./contenders/${name}.js`);

// One clock for both pages, in milliseconds.
const now = () => performance.timeOrigin + performance.now();

const waiting = Promise.withResolvers();
const opened = Promise.withResolvers();

/** Goes into the room; the contender tells when it is alone there, and when its data channel is open. */
function enter(isFirst) {
  contender.enter({
    ...setting,
    isFirst,
    constraints: media === 'camera' ? { audio: true, video: true } : null,
    onWaiting: waiting.resolve,
    onOpen: () => opened.resolve(now()),
  });
}

globalThis.peer = {
  /** Enters the empty room; ends when it waits there. */
  wait() {
    enter(true);
    return waiting.promise;
  },

  /** Enters the room where the other one waits; gives the moment at which it was asked to. */
  join() {
    const start = now();
    enter(false);
    return start;
  },

  /** Gives the moment at which the data channel was open on this side. */
  opened: () => opened.promise,
};
