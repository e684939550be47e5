/** Whether one of these entries names the host of an address: `host` means the port of the scheme, else `host:port`, `host:*`. */
export function namesHost(entries: readonly string[], { host, hostname }: URL): boolean {
  return entries.some((entry) => entry === host || entry === `${hostname}:*`);
}
