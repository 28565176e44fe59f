export * from './soc2-blueprint';
