/** Whether this process has been told to stop. From then on `/ready` says no, and what could last for ever ends itself. */
export interface Stopping {
  readonly signal: AbortSignal;
  begin(): void;
}

export function createStopping(): Stopping {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    begin: () => {
      controller.abort();
    },
  };
}
