import tseslint from 'typescript-eslint';

/** What each folder may not import: data flows one way, from the upstream to the pages. */
const boundaries = [
  {
    folders: ['src/omh', 'src/fhir', 'src/consent.ts', 'src/health/judge.ts', 'src/health/conditions.ts'],
    why: 'Conversion, rendering and consent are pure: no I/O, no clock, no Temporal, no Hono (node:crypto for hashing only).',
    banned: [
      '^node:(?!crypto$)',
      '^@temporalio/',
      '^hono',
      '^postgres$',
      '^undici$',
      '/(db|activities|workflows|api|web|cli|temporal|open-wearables|raw-payloads|auth)/',
      '/config\\.js$',
    ],
  },
  {
    folders: ['src/db', 'src/open-wearables', 'src/raw-payloads'],
    why: 'Storage and upstream clients know neither Hono nor Temporal.',
    banned: [
      '^@temporalio/',
      '^hono',
      '^@hono/',
      '/(activities|workflows|api|web|cli|temporal)/',
      '/config\\.js$',
    ],
  },
  {
    folders: ['src/auth'],
    why: 'Authentication decides; it does not serve pages or talk to upstreams.',
    banned: [
      '^@temporalio/',
      '/(activities|workflows|api|web|cli|temporal|open-wearables)/',
      '/config\\.js$',
    ],
  },
  {
    folders: ['src/workflows'],
    why: 'Workflow code is deterministic: workflow files and types only.',
    banned: ['^node:', '^zod', '^hono', '^postgres$', '^undici$', '^@temporalio/(client|worker|activity)'],
    typesOnly: ['\\.\\./'],
  },
  {
    folders: ['src/activities'],
    why: 'Activities compose storage, upstream and conversion; they serve nothing.',
    banned: ['^hono', '^@hono/', '/(api|web|cli)/', '/config\\.js$'],
  },
  {
    folders: ['src/api', 'src/web'],
    why: 'Handlers never run an activity or a workflow body themselves.',
    banned: [
      '/activities/',
      '/workflows/(?!((onboarding|erasure)-)?contract\\.js$)',
      '/cli/',
      '/config\\.js$',
      '^@temporalio/',
    ],
  },
];

const restrictImports = ({ folders, why, banned, typesOnly = [] }) => ({
  files: folders.map((folder) => (folder.endsWith('.ts') ? folder : `${folder}/**/*.{ts,tsx}`)),
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...banned.map((regex) => ({ regex, message: why })),
          ...typesOnly.map((regex) => ({ regex, message: why, allowTypeImports: true })),
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.world/',
      'test-results/',
      '.stryker/',
      'test/fixtures/',
      'src/web/assets/points.js',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'dev/*.mjs', 'deploy/*.mjs', 'test/mutation/*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only src/config.ts reads the environment.',
        },
      ],
    },
  },
  ...boundaries.map(restrictImports),
  {
    files: ['src/api/**'],
    ignores: ['src/api/declared-routes.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@hono/zod-openapi',
              importNames: ['createRoute'],
              message:
                'A route is declared with its policy: declareRoutes or publicRoute of declared-routes.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/config.ts', 'deploy/**', 'dev/**', 'test/**', 'bench/**', '*.config.*'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.config.*', 'test/setup/**'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['**/*.mjs', '*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
);
