/** What cdk-nag's packs NIST 800-53 r5 and AWS Solutions still find in a stack with one of each construct, with the reason why it stays. */
export const NAG_FINDINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
};
