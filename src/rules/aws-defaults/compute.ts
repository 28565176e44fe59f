import type { AwsDefault } from '../kernel';

export const compute = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
