/** The mark of the service: a ring with a pulse in it. */
export function Mark() {
  return (
    <svg
      class="wx-mark"
      viewBox="0 0 36 36"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="3"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d="M29.8 12.4A13 13 0 1 0 31 18" />
      <path d="M9.5 18.5h4.2l2.8-6 4 11 2.6-5h7.9" />
    </svg>
  );
}
