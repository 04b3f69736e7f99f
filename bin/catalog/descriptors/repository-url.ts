import type { RepositoryLink } from './drafts.ts';

/** What shows files of a repository, behind its own address: GitHub's, GitLab's, Bitbucket's, Azure's. */
const inside = /\/(-\/)?(tree|blob|raw|src)\/.*$/;

const hosts = { 'github.com/project-slug': 'https://github.com', 'gitlab.com/project-slug': 'https://gitlab.com' };

/** Annotations that name a repository by the path it has on a known host. */
export const slugAnnotations = Object.keys(hosts) as readonly (keyof typeof hosts)[];

export const repositoryOfSlug = (annotation: keyof typeof hosts, slug: string): RepositoryLink => ({
  name: slug,
  url: `${hosts[annotation]}/${slug}`,
});

/** The path that the repository has on that host. */
export const slugOf = (annotation: keyof typeof hosts, url: string): string | undefined => {
  const slug = url.startsWith(`${hosts[annotation]}/`) ? url.slice(hosts[annotation].length + 1) : '';
  return /^[\w.-]+(\/[\w.-]+)+$/.test(slug) ? slug : undefined;
};

/** The repository by its address: named after the path. */
export const repositoryAt = (url: string): RepositoryLink => {
  const { pathname, host } = new URL(url);
  const path = pathname.replace(/^\/+|\/+$/g, '');
  return { name: path === '' ? host : path, url };
};

/** The repository that a `backstage.io/source-location` points into; undefined when it is not a web address. */
export const repositoryOfLocation = (location: string): RepositoryLink | undefined => {
  const url = location.replace(/^url:/, '');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  const at = url
    .replace(/[?#].*$/, '')
    .replace(inside, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return repositoryAt(at);
};
