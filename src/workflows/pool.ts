/**
 * Runs `work` over the items with at most `size` at once. A failing item leaves no slot behind: `work` settles each
 * item as a value, and the first thrown error stops the pool after what runs has ended.
 */
export async function inPool<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly thrown: unknown } | undefined;
  const lane = async () => {
    while (next < items.length && failure === undefined) {
      const index = next;
      next += 1;
      try {
        await work(items[index] as Item, index);
      } catch (thrown) {
        failure ??= { thrown };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, lane));
  if (failure !== undefined) throw failure.thrown;
}
