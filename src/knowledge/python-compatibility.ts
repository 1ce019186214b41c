/**
 * Releases that need an older one of something else, though their own metadata doesn't say so: it was written before
 * the newer one came. Without a lock file pip takes the newest, and the program fails as it starts.
 */
interface Compatibility {
  /** Normalised name. */
  readonly name: string
  /** It holds for releases before this one. */
  readonly before: string
  /** From this release on; all before where it is left out. */
  readonly from?: string
  /** What must be asked for as well. */
  readonly needs: readonly string[]
}

/** Sources: the changelogs of the packages that are held back, where what they removed is listed. */
const COMPATIBILITY: readonly Compatibility[] = [
  { name: 'flask', before: '2.0', needs: ['werkzeug<2', 'jinja2<3.1', 'itsdangerous<2.1', 'markupsafe<2.1'] },
  { name: 'flask', from: '2.0', before: '2.3', needs: ['werkzeug<3'] },
  { name: 'flask-login', before: '0.6.3', needs: ['werkzeug<3', 'flask<3'] },
  { name: 'flask-sqlalchemy', before: '3.0', needs: ['sqlalchemy<2', 'flask<3'] },
  { name: 'flask-wtf', before: '1.1', needs: ['flask<2.3'] },
  { name: 'flask-restplus', before: '1', needs: ['werkzeug<1', 'flask<2'] },
  { name: 'connexion', before: '2.15', needs: ['flask<2.3', 'werkzeug<2.3'] },
  { name: 'dash', before: '2.14', needs: ['werkzeug<3', 'flask<3'] },
  { name: 'jinja2', before: '3.0', needs: ['markupsafe<2.1'] },
  { name: 'pandas', from: '1.0', before: '2.2.2', needs: ['numpy<2'] },
  { name: 'scikit-learn', before: '1.4.2', needs: ['numpy<2'] },
  { name: 'matplotlib', before: '3.8.4', needs: ['numpy<2'] },
  { name: 'opencv-python', before: '4.10', needs: ['numpy<2'] },
  { name: 'opencv-python-headless', before: '4.10', needs: ['numpy<2'] },
  { name: 'torch', before: '2.3', needs: ['numpy<2'] },
  { name: 'openai', from: '1.0', before: '1.55.3', needs: ['httpx<0.28'] },
  { name: 'anthropic', before: '0.40', needs: ['httpx<0.28'] },
  { name: 'groq', before: '0.13', needs: ['httpx<0.28'] },
  { name: 'streamlit', before: '1.22', needs: ['altair<5'] },
  { name: 'gradio', before: '5', needs: ['huggingface-hub<1', 'pydantic<2.11'] },
  { name: 'gunicorn', before: '21.0', needs: ['setuptools<81'] },
  { name: 'apscheduler', before: '3.11', needs: ['setuptools<81'] },
  { name: 'drf-yasg', before: '1.21.8', needs: ['setuptools<81'] },
  { name: 'djangorestframework-simplejwt', before: '5.0', needs: ['setuptools<81', 'pyjwt<2'] },
  { name: 'razorpay', before: '2', needs: ['setuptools<81'] },
  { name: 'face-recognition-models', before: '1', needs: ['setuptools<81'] },
] // biome-ignore format: a line a rule

/**
 * What has to be asked for beside pinned requirements.
 * @param pinned name and version of each, as far as it is pinned
 * @param named everything that the project itself names: it knows better
 */
export function missingBounds(
  pinned: readonly { readonly name: string; readonly version?: string | undefined }[],
  named: ReadonlySet<string>,
  isBefore: (version: string, bound: string) => boolean,
): { readonly needs: readonly string[]; readonly owners: readonly string[] } {
  const found = COMPATIBILITY.filter(({ name, before, from }) =>
    pinned.some(
      item =>
        item.name === name &&
        item.version !== undefined &&
        isBefore(item.version, before) &&
        !(from && isBefore(item.version, from)),
    ),
  )
  const bounds = new Map<string, string>()
  for (const { needs } of found)
    for (const need of needs) {
      const [name = '', bound = ''] = need.split('<')
      const other = bounds.get(name)
      if (!named.has(name) && (other === undefined || isBefore(bound, other))) bounds.set(name, bound)
    }
  const needs = [...bounds].map(([name, bound]) => `${name}<${bound}`)
  const owners = found
    .filter(rule => rule.needs.some(need => bounds.has(need.split('<')[0] ?? '')))
    .map(({ name }) => name)
  return { needs, owners: [...new Set(owners)] }
}

/** Packages for other systems: a list that was made there names them without saying so, and pip finds no release. */
export const NOT_FOR_LINUX: ReadonlySet<string> = new Set([
  'pkg-resources', 'pypiwin32', 'pywin32', 'pywinpty', 'windows-curses', 'pyobjc', 'pyobjc-core', 'wmi',
]) // biome-ignore format: one list
