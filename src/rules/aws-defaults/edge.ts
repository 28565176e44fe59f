import type { AwsDefault } from '../kernel';

export const edge = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
