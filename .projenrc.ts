import { awscdk, javascript, typescript } from 'projen';

/*
 * The source of every generated file (package.json, tsconfig*.json, .eslintrc.json, .gitignore, ...).
 * Change this file, then run `npx projen`; a generated file must not be edited by hand.
 */

const devDirs = ['test', 'examples', 'bench', 'scripts'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-soc2',
  description: 'SOC 2 compliance for AWS CDK: policy-validation plugin, aspects, secure constructs, CLI and reports',
  author: 'cdk-soc2 contributors',
  authorAddress: 'https://github.com/cdk-soc2',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-soc2/cdk-soc2.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-soc2 contributors',
  keywords: ['awscdk', 'aws-cdk', 'soc2', 'compliance', 'security', 'audit'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  // The floor: the peer range starts here and development happens on exactly this version.
  // `npm test` repeats the tests that touch the CDK against the newest one.
  cdkVersion: '2.271.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  runner: typescript.TypeScriptRunner.tsx(),
  projenrcTs: true,

  bundledDeps: ['commander@^14.0.3', 'yaml@^2.9.1', 'picocolors@^1.1.1'],
  devDeps: [
    'aws-cdk@2.1147.0',
    'cdk-nag@^3.0.2',
    // documents and schemas
    'ajv@^8',
    'ajv-formats@^3',
    // pictures for the documentation; 143 is the last Chromium package that accepts Node 20
    'puppeteer-core@^24',
    '@sparticuz/chromium@^143',
    // tests
    'jest@^30',
    '@types/jest@^30',
    '@swc/core@^1.16.18',
    '@swc/jest@^0.2',
    'fast-check@^4',
    '@types/node@^20',
  ],
  bin: { 'cdk-soc2': 'lib/cli/main.js' },

  // No generated CI: .ci/run and `npm test` are the whole of it.
  github: false,
  buildWorkflow: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  sampleCode: false,
  // jest.config.js is written by hand (swc, and the switch to the newest CDK).
  jest: false,
  docgen: true,
  // What is published is listed in `files` below; nothing else can slip in.
  npmignoreEnabled: false,

  tsconfig: { compilerOptions: { types: ['node'] } },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    // The examples import the package by its name, as their readers will.
    compilerOptions: { types: ['jest', 'node'], paths: { 'cdk-soc2': ['./src/index.ts'] } },
    include: ['.projenrc.ts', 'src/**/*.ts', ...devDirs.map((dir) => `${dir}/**/*.ts`)],
    exclude: ['node_modules', '**/cdk.out', '.cache'],
  },

  eslint: true,
  eslintOptions: {
    dirs: ['src'],
    devdirs: devDirs,
    // one project for all files: test and examples have no tsconfig.json of their own
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    commandOptions: { fix: false },
    prettier: false,
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'cdk.out/', '.cache/', 'coverage/', '!.projenrc.ts'],
  },

  gitignore: ['.cache/', 'cdk.out/', 'soc2.out/', 'demo.out/', '.DS_Store', '*.tgz', '*.tsbuildinfo'],
});

// exactly the folders named above
project.tsconfigDev.removeInclude('**/*.ts');
// .projenrc.ts is one file and tsconfig.dev.json covers it, so it needs no folder and no tsconfig of its own
project.tryRemoveFile('projenrc/tsconfig.json');
project.defaultTask!.reset('tsx .projenrc.ts');

project.eslint!.addLintPattern('.projenrc.ts');
project.eslint!.allowDevDeps('.projenrc.ts');
project.eslint!.addRules({
  '@stylistic/max-len': ['error', {
    code: 160, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true,
  }],
  '@stylistic/quotes': ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
  // Tables of cases read best as their author laid them out.
  '@stylistic/quote-props': ['off'],
  'no-bitwise': ['off'],
  '@stylistic/object-property-newline': ['off'],
  '@stylistic/object-curly-newline': ['off'],
  // `tsc` checks both of these already, and the resolver behind them costs more time than the rest of the lint
  'import/no-unresolved': ['off'],
  '@typescript-eslint/member-ordering': ['off'],
});

// Rows of a table stay on one line, so that columns can be compared.
project.eslint!.addOverride({
  files: ['test/**/*.ts', 'bench/**/*.ts'],
  rules: {
    '@stylistic/max-len': ['error', { code: 240, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }],
    '@typescript-eslint/no-shadow': ['off'],
  },
});

project.addFields({
  files: ['lib', '.jsii', 'CHANGELOG.md', 'LICENSE', 'README.md', 'docs/rules', '!**/*.tsbuildinfo'],
});

// No `resolved` addresses in package-lock.json: it works with whichever registry a machine is set up for.
const npmrc = new javascript.NpmConfig(project);
npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

// The scripts install what is missing by themselves, so `npm test` works on a fresh clone.
const scripts: Record<string, string> = {
  compile: 'node scripts/compile.mjs',
  test: 'node scripts/test.mjs',
  demo: 'node scripts/demo.mjs',
  bench: 'node scripts/bench.mjs',
  accuracy: 'node scripts/accuracy.mjs',
  docs: 'node scripts/docs.mjs',
  mutation: 'node scripts/mutation.mjs',
};
for (const [name, command] of Object.entries(scripts)) project.setScript(name, command);
project.setScript('lint', 'projen eslint');
project.setScript('projen', 'projen');

// The same for the tasks of those names, which `projen build` calls.
project.compileTask.reset(scripts.compile);
project.testTask.reset(scripts.test, { receiveArgs: true });

// Comparing the API with a published version makes sense once there is one.
project.removeTask('compat');
project.deps.removeDependency('jsii-diff');
// `clobber` throws away uncommitted work, `eject` leaves projen.
for (const name of ['clobber', 'eject']) project.removeTask(name);

project.synth();
