/** One page of a search, with absolute links to its neighbours. */
export interface SearchPage<Resource> {
  readonly resources: readonly Resource[];
  readonly total: number;
  readonly page: number;
  readonly count: number;
  /** The address of this search; `_page` is replaced in the links. */
  readonly self: string;
}

export function renderSearchset<Resource>({ resources, total, page, count, self }: SearchPage<Resource>) {
  const link = (relation: string, target: number) => {
    const url = new URL(self);
    url.searchParams.set('_page', String(target));
    return { relation, url: url.toString() };
  };
  return {
    resourceType: 'Bundle' as const,
    type: 'searchset' as const,
    total,
    entry: resources.map((resource) => ({ resource })),
    link: [
      { relation: 'self', url: self },
      ...(page > 1 ? [link('previous', page - 1)] : []),
      ...(page * count < total ? [link('next', page + 1)] : []),
    ],
    meta: {},
  };
}

/** The FHIR form of every error; `diagnostics` is a fixed text. */
export function renderOutcome(diagnostics: string) {
  return {
    resourceType: 'OperationOutcome' as const,
    issue: [{ severity: 'error' as const, code: 'processing' as const, diagnostics }],
  };
}
