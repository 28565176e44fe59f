'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

/*
 * swc only strips the types, which keeps a single test file at about a second;
 * the types themselves are checked by `tsc --noEmit -p tsconfig.dev.json` (a step of `npm test`).
 */
const config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // only these are crawled: lib/, cdk.out/ and .cache/ hold further package.json and test files
  roots: ['src', 'test'].filter((dir) => existsSync(join(__dirname, dir))).map((dir) => `<rootDir>/${dir}`),
  testPathIgnorePatterns: ['/node_modules/', '/cdk\\.out/'],
  modulePathIgnorePatterns: ['/cdk\\.out/'],
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', {
      swcrc: false,
      sourceMaps: 'inline',
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    }],
  },
  // the examples import the package by its name, as their readers will
  moduleNameMapper: { '^cdk-soc2$': '<rootDir>/src/index.ts' },
  testTimeout: 20_000,
  // the default leaves one of two cores idle
  maxWorkers: '100%',
};

/*
 * CDK_SOC2_NEWEST_CDK names a folder with its own node_modules that holds another aws-cdk-lib and constructs.
 * The mapping is jest's, so it also holds for what cdk-nag and aws-cdk-lib themselves require: one copy of each.
 */
const newestCdk = process.env.CDK_SOC2_NEWEST_CDK;
if (newestCdk) {
  config.moduleNameMapper = {
    ...config.moduleNameMapper,
    '^(aws-cdk-lib|constructs)$': join(newestCdk, 'node_modules', '$1'),
    '^(aws-cdk-lib|constructs)/(.*)$': join(newestCdk, 'node_modules', '$1', '$2'),
  };
}

module.exports = config;
