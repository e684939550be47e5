/** Receives one line of progress meant for people; the caller decides where it appears. */
export type Say = (line: string) => void;
