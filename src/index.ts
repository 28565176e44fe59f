export * from './checks';
export * from './constructs';
export { OptOut, OptOutProps } from './declarations/opt-out';
