import type { PropsWithChildren } from 'hono/jsx';

/** A column by its name; numbers stand right, a hidden name is read out only. */
export type Column = string | { readonly name: string; readonly is: 'number' | 'hidden' };

interface TableProps {
  readonly label: string;
  readonly columns: readonly Column[];
  /** When it becomes cards: `is-cards` on phones, `is-m` before 1200 px; and what says how they are laid out. */
  readonly class?: string;
}

/** A table that keeps its meaning where it is shown as cards. */
export function Table({
  label,
  columns,
  class: className = 'is-cards',
  children,
}: PropsWithChildren<TableProps>) {
  return (
    <table class={`wx-table ${className}`} role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => {
            const { name, is } = typeof column === 'string' ? { name: column, is: undefined } : column;
            return (
              <th role="columnheader" scope="col" class={is === 'number' ? 'n' : undefined}>
                {is === 'hidden' ? <span class="visually-hidden">{name}</span> : name}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

interface CellProps {
  /** The column's name, written in a card where the header is not shown. */
  readonly label?: string;
  readonly class?: string;
}

export function Row({ children }: PropsWithChildren) {
  return <tr role="row">{children}</tr>;
}

export function RowHead({ label, class: className, children }: PropsWithChildren<CellProps>) {
  return (
    <th role="rowheader" scope="row" class={className} data-label={label}>
      {children}
    </th>
  );
}

export function Cell({ label, class: className, children }: PropsWithChildren<CellProps>) {
  return (
    <td role="cell" class={className} data-label={label}>
      {children}
    </td>
  );
}

/** A column of numbers. */
export const numbers = (name: string) => ({ name, is: 'number' }) as const;
