export * from './catalogue';
export * from './criterion';
export * from './document';
