import type { AwsDefault } from '../kernel';

export const network = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
