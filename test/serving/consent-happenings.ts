import fc from 'fast-check';
import * as model from './consent-world.js';

const happening: fc.Arbitrary<model.Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('decides' as const),
      concept: fc.constantFrom(...model.CONCEPTS),
      decision: fc.constantFrom(
        'agreed' as const,
        'agreed' as const,
        'declined' as const,
        'stopped' as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('enrols' as const, 'enrols' as const, 'leaves' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('joins' as const, 'quits' as const),
      organization: fc.constantFrom(model.LAB, model.PULSE),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('asks' as const, 'asks no more' as const),
      concept: fc.constantFrom(...model.CONCEPTS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('uses' as const, 'uses no more' as const),
      source: fc.constantFrom(...model.SOURCES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('measures' as const, 'measures no more' as const),
      source: fc.constantFrom(...model.SOURCES),
      concept: fc.constantFrom(...model.CONCEPTS),
    }),
  },
);

export interface Drawn {
  readonly patient: number;
  readonly study: number;
  readonly happening: model.Happening;
}
export const drawn: fc.Arbitrary<Drawn[]> = fc
  .record({ patient: fc.nat({ max: 1 }), study: fc.nat({ max: 2 }), happening })
  .chain((one) => {
    if (one.happening.kind !== 'decides' || one.happening.decision !== 'stopped') return fc.constant([one]);
    const again = { ...one, happening: { ...one.happening, decision: 'agreed' as const } };
    return fc.constantFrom([one], [one, again]);
  });
/** What may be agreed to before anything else happens. */
export const agreements: Drawn[] = [0, 1].flatMap((patient) =>
  [0, 1, 2].flatMap((study) =>
    model.CONCEPTS.map((concept) => ({
      ...{ patient, study, happening: { kind: 'decides', concept, decision: 'agreed' } },
    })),
  ),
);
/** Each rule meets once what it is for: a pause, a scope asked for or measured no more, a patient who left. */
export const known: [Drawn[], Drawn[][]] = [
  agreements,
  [
    ...['stopped' as const, 'agreed' as const].map((decision): Drawn[] => [
      { patient: 0, study: 0, happening: { kind: 'decides', concept: model.HEART_RATE, decision } },
    ]),
    [{ patient: 0, study: 1, happening: { kind: 'asks no more', concept: model.HEART_RATE } }],
    [{ patient: 1, study: 0, happening: { kind: 'leaves' } }],
    [
      {
        ...{ patient: 0, study: 0 },
        happening: { kind: 'measures no more', source: model.SOURCES[0], concept: model.OXYGEN },
      },
    ],
  ],
];
