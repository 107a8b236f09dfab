import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import globals, { browser } from './scripts/globals.mjs'
import ts from 'typescript-eslint'

// Imports go ui, lib <- api <- permission <- fields <- features <- app, and no feature imports another.
// What a floor may not import stands in `above`.
const floor = (files, above, why) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ group: above.flatMap((a) => [`@/${a}`, `@/${a}/**`]), message: why }] },
    ],
  },
})

const words = 'Text stands in the catalogues (src/lib/lang), never in a component.'
const features = ['records', 'record', 'org', 'session', 'shell', 'policy', 'rules', 'jobs', 'figures', 'setup', 'pools', 'exportcontrol']

export default ts.config(
  { ignores: ['dist', '.build', 'node_modules', 'src/api/schema.gen.ts', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...ts.configs.strict,
  { files: ['src/**'], ...hooks.configs.flat['recommended-latest'] },
  // Playwright reads from the braces which fixtures a function takes, also when it takes none.
  { files: ['e2e/**'], rules: { 'no-empty-pattern': 'off' } },
  { files: ['scripts/**', '*.js'], languageOptions: { globals } },
  { files: ['public/**'], languageOptions: { globals: browser } },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'localStorage', message: 'Nothing of the API is kept in the browser; choices stand in the URL or a cookie.' },
        { name: 'sessionStorage', message: 'Nothing of the API is kept in the browser.' },
        { name: 'indexedDB', message: 'Nothing of the API is kept in the browser.' },
      ],
    },
  },
  {
    files: ['src/**/*.tsx'],
    ignores: ['src/**/*.test.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/[A-Za-z\\u4e00-\\u9fff]/]', message: words },
        {
          selector: 'JSXAttribute[name.name=/^(aria-label|aria-description|title|placeholder|alt|label)$/] > Literal[value=/\\S/]',
          message: words,
        },
      ],
    },
  },
  { files: ['src/lib/lang/**/*.ts'], rules: { 'max-lines': 'off' } },
  floor(['src/ui/**', 'src/lib/**'], ['api', 'permission', 'fields', 'features', 'app'], 'ui and lib know nothing of the API.'),
  floor(['src/api/**'], ['ui', 'permission', 'fields', 'features', 'app'], 'api speaks HTTP and draws nothing.'),
  floor(['src/permission/**'], ['fields', 'features', 'app'], 'permission draws what the server decided, for every feature.'),
  floor(['src/fields/**'], ['features', 'app'], 'fields draw and edit values and conditions, for every feature.'),
  ...features.map((name) =>
    floor(
      [`src/features/${name}/**`],
      ['app', ...features.filter((f) => f !== name).map((f) => `features/${f}`)],
      'A feature stands alone; what two of them need moves down a floor.',
    ),
  ),
)
