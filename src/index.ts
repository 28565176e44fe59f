export * from './checks';
export * from './constructs';
export * from './declarations/opt-out';
