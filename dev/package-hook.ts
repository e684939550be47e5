import type { InitializeHook, ResolveHook } from 'node:module';

let home = '';

export const initialize: InitializeHook<string> = (data) => {
  home = data;
};

/** Node's module hook: a package that is not beside the program is looked for from `home`, the cache's package.json. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (thrown) {
    const isMissing = thrown instanceof Error && Reflect.get(thrown, 'code') === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing || /^[./]|:/.test(specifier)) throw thrown;
    return next(specifier, { ...context, parentURL: home });
  }
};
