export * from './criteria-aspect';
export * from './options';
export * from './soc2';
export * from './soc2-checks';
