/** The path of our own return page; undefined for any other address, however it is written. */
export function ownReturn(location: string, siteUrl: string): string | undefined {
  if (!URL.canParse(location)) return undefined;
  const { origin, pathname } = new URL(location);
  const isOurs =
    origin === new URL(siteUrl).origin &&
    /^\/(ow\/return\/[A-Za-z0-9]{43}|ow\/complete|clients\/ow\/complete)$/.test(pathname);
  return isOurs ? pathname : undefined;
}
