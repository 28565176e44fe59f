export * from './registry';
export * from './kernel';
