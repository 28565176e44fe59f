export * from './blueprint';
export * from './checks';
export * from './constructs';
export * from './declarations/data-classification';
export * from './declarations/opt-out';
