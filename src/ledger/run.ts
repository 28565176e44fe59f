/** What the environment says of a run: the commit and where it ran. */
export function runContext(env: NodeJS.ProcessEnv = process.env): { commit?: string; ci?: string } {
  const commit = env.GITHUB_SHA ?? env.CI_COMMIT_SHA ?? env.CODEBUILD_RESOLVED_SOURCE_VERSION ?? env.BUILD_SOURCEVERSION ?? env.GIT_COMMIT
    ?? env.BITBUCKET_COMMIT;
  const github = env.GITHUB_SERVER_URL && env.GITHUB_REPOSITORY && env.GITHUB_RUN_ID
    ? `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}` : undefined;
  const ci = github ?? env.CI_JOB_URL ?? env.CODEBUILD_BUILD_URL ?? env.BUILD_URL;
  return { ...commit && { commit }, ...ci && { ci } };
}
