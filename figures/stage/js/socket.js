// A connection to a room that comes back by itself, as long as there is a room.
const OVER = 4010; // the reasons for which the server ends it, and coming back is of no use
const FINAL = {
  4000: "odd",
  4003: "forbidden",
  4004: "none",
  [OVER]: "over",
  4013: "full",
  4029: "often",
};
const FIRST_PAUSE = 500; // milliseconds until it is tried again; twice as long after each failure
const LONGEST_PAUSE = 2000; // so that it is back three seconds after the server, at the latest
/** @typedef {"here" | "lost" | "odd" | "forbidden" | "none" | "over" | "full" | "often"} Condition */
/**
 * @param {string} url of the room, without a scheme
 * @param {() => object} greeting what is said first
 * @param {(message: any) => void} hear
 * @param {(condition: Condition) => void} changed
 */
export function connect(url, greeting, hear, changed) {
  const state = {
    socket: /** @type {WebSocket | undefined} */ (undefined),
    pause: 0,
    ended: false,
  };
  let timer = 0;
  function open() {
    const socket = new WebSocket(location.protocol.replace("http", "ws") + url);
    state.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(greeting()));
    socket.onmessage = ({ data }) => {
      if (state.pause !== FIRST_PAUSE) changed("here");
      state.pause = FIRST_PAUSE;
      hear(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      if (state.ended || socket !== state.socket) return;
      if (code in FINAL) {
        changed(FINAL[code]);
        return;
      }
      changed("lost");
      // not all at once: a hall comes back together
      const pause = (state.pause || FIRST_PAUSE) * (0.5 + Math.random());
      state.pause = Math.min(LONGEST_PAUSE, 2 * (state.pause || FIRST_PAUSE));
      timer = setTimeout(open, pause);
    };
  }
  open();
  return {
    /** Says something, where there is somebody to hear it; says whether there is. */
    say(/** @type {object} */ message) {
      const open = state.socket?.readyState === WebSocket.OPEN;
      if (open) state.socket?.send(JSON.stringify(message));
      return open;
    },
    close() {
      state.ended = true;
      clearTimeout(timer);
      state.socket?.close();
    },
  };
}
