export * from './evaluate';
export type { Evidence } from './evidence';
export { Evaluation } from './evaluation';
export type { RuleOptions } from './evaluation';
export { Policy, Principal, Statement, wildcard } from './policy';
export { Property, shortPath } from './property';
export { ResourceReader } from './resource-reader';
export * from './rule';
export { all, any, applies, not, Truth, when } from './truth';
