/**
 * Does something again and again, with a pause after each time, until it is stopped. The work may ask whether it
 * should leave the rest; it must not throw.
 */
export function repeatedly(
  work: (isStopped: () => boolean) => Promise<void>,
  pause: number,
): { stop(): Promise<void> } {
  let isStopped = false;
  let wake = () => {};
  const loop = async () => {
    while (!isStopped) {
      await work(() => isStopped);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, isStopped ? 0 : pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    stop: () => {
      isStopped = true;
      wake();
      return running;
    },
  };
}
