import fc from 'fast-check';

const two = (value: number) => String(value).padStart(2, '0');

const dates = fc
  .date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const edgeDates = fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29', '2000-02-29', '1969-12-31');

const hours = fc.integer({ min: 0, max: 23 }).map(two);
const minutes = fc.integer({ min: 0, max: 59 }).map(two);
const fractions = fc.stringMatching(/^([.,]\d{1,9})?$/);
const seconds = fc.tuple(minutes, fractions).map(([whole, fraction]) => `:${whole}${fraction}`);
const offsets = fc.oneof(
  fc.constant('Z'),
  fc
    .tuple(fc.constantFrom('+', '-'), hours, fc.constantFrom(':', ''), minutes)
    .map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('+', '-'), hours).map((parts) => parts.join('')),
);

/** Every way of writing an instant that is understood. */
export const timestamps: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(dates, edgeDates),
    fc.constantFrom('T', 't', ' '),
    hours,
    minutes,
    fc.oneof(seconds, fc.constant('')),
    offsets,
  )
  .map(
    ([date, separator, hour, minute, rest, offset]) => `${date}${separator}${hour}:${minute}${rest}${offset}`,
  );
