import type { AwsDefault } from '../kernel';

export const detection = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
