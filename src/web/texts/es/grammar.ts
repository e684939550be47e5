/** `a Megan Ortiz`, but `al equipo del estudio`. */
export function to(who: string): string {
  return who.startsWith('el ') ? `al ${who.slice(3)}` : `a ${who}`;
}
