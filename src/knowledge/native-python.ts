/** A package of the Python index that needs more than pip: Debian's names, verified on trixie. */
export interface NativePackage {
  /** Normalised names of the packages that need it. */
  readonly names: readonly string[]
  /**
   * `never`: releases have no wheel for Linux, so it is compiled; `usual`: they have one, and it is compiled only where
   * the pinned release is too old for the Python line; `needless`: pure Python that calls what must be there.
   */
  readonly wheel: 'never' | 'usual' | 'needless'
  /** What compiles it. */
  readonly build: readonly string[]
  /** What it is linked to, loads or calls at run time. */
  readonly runtime: readonly string[]
  /** Names that differ in bookworm and before. */
  readonly older?: Readonly<Record<string, string>>
  /** Calls a program: that counts only where the project asks for the package itself. */
  readonly program?: true
}

const C = ['gcc', 'libc6-dev']
const CXX = ['g++', 'libc6-dev']

/** https://packages.debian.org/trixie/ for the names, each project's installation page for what it needs. */
export const NATIVE_PACKAGES: readonly NativePackage[] = [
  { names: ['psycopg2', 'psycopg-c'], wheel: 'never', build: [...C, 'libpq-dev'], runtime: ['libpq5'] },
  { names: ['psycopg2-binary', 'psycopg-binary'], wheel: 'usual', build: [...C, 'libpq-dev'], runtime: ['libpq5'] },
  { names: ['psycopg'], wheel: 'needless', build: [], runtime: ['libpq5'] },
  { names: ['mysqlclient'], wheel: 'never', build: [...C, 'pkg-config', 'default-libmysqlclient-dev'], runtime: ['libmariadb3'] },
  { names: ['lxml'], wheel: 'usual', build: [...C, 'libxml2-dev', 'libxslt1-dev'], runtime: ['libxml2', 'libxslt1.1'] },
  { names: ['xmlsec'], wheel: 'usual', build: [...C, 'pkg-config', 'libxml2-dev', 'libxmlsec1-dev'], runtime: ['libxml2', 'libxmlsec1t64-openssl'], older: { 'libxmlsec1t64-openssl': 'libxmlsec1-openssl' } },
  { names: ['pillow'], wheel: 'usual', build: [...C, 'libjpeg62-turbo-dev', 'zlib1g-dev', 'libfreetype-dev', 'libwebp-dev'], runtime: ['libjpeg62-turbo', 'libfreetype6', 'libwebp7', 'libwebpmux3', 'libwebpdemux2'] },
  { names: ['cffi'], wheel: 'usual', build: [...C, 'libffi-dev'], runtime: ['libffi8'], older: { libffi8: 'libffi8' } },
  { names: ['cryptography'], wheel: 'usual', build: [...C, 'libffi-dev', 'libssl-dev', 'pkg-config', 'cargo'], runtime: ['libssl3t64'], older: { libssl3t64: 'libssl3' } },
  { names: ['greenlet', 'gevent', 'grpcio', 'numpy', 'pandas', 'scipy', 'scikit-learn', 'matplotlib', 'pyzmq'], wheel: 'usual', build: CXX, runtime: [] },
  { names: ['aiohttp', 'asyncpg', 'frozenlist', 'httptools', 'markupsafe', 'msgpack', 'multidict', 'psutil', 'pyyaml', 'regex', 'ujson', 'uvloop', 'yarl', 'wrapt', 'zope-interface', 'sqlalchemy', 'lru-dict', 'bcrypt', 'argon2-cffi-bindings', 'pynacl', 'reportlab'], wheel: 'usual', build: C, runtime: [] },
  { names: ['h5py'], wheel: 'usual', build: [...C, 'pkg-config', 'libhdf5-dev'], runtime: ['libhdf5-310'], older: { 'libhdf5-310': 'libhdf5-103-1' } },
  { names: ['pycurl'], wheel: 'usual', build: [...C, 'libcurl4-openssl-dev', 'libssl-dev'], runtime: ['libcurl4t64'], older: { libcurl4t64: 'libcurl4' } },
  { names: ['pylibmc'], wheel: 'never', build: [...C, 'libmemcached-dev', 'zlib1g-dev'], runtime: ['libmemcached11t64'], older: { libmemcached11t64: 'libmemcached11' } },
  { names: ['pycairo'], wheel: 'never', build: [...C, 'pkg-config', 'libcairo2-dev'], runtime: ['libcairo2'] },
  { names: ['pygobject'], wheel: 'never', build: [...C, 'pkg-config', 'libgirepository-2.0-dev', 'libcairo2-dev'], runtime: ['libgirepository-2.0-0', 'libcairo2'], older: { 'libgirepository-2.0-dev': 'libgirepository1.0-dev', 'libgirepository-2.0-0': 'libgirepository-1.0-1' } },
  { names: ['python-ldap'], wheel: 'never', build: [...C, 'libldap-dev', 'libsasl2-dev'], runtime: ['libldap2', 'libsasl2-2'], older: { libldap2: 'libldap-2.5-0' } },
  { names: ['uwsgi', 'pyuwsgi'], wheel: 'never', build: [...C, 'libpcre2-dev'], runtime: ['libpcre2-8-0'] },
  { names: ['gssapi', 'kerberos', 'requests-kerberos', 'requests-gssapi'], wheel: 'never', build: [...C, 'libkrb5-dev'], runtime: ['libgssapi-krb5-2'] },
  { names: ['sasl', 'thrift-sasl'], wheel: 'never', build: [...CXX, 'libsasl2-dev'], runtime: ['libsasl2-2', 'libsasl2-modules'] },
  { names: ['dbus-python'], wheel: 'never', build: [...C, 'pkg-config', 'libdbus-1-dev', 'libglib2.0-dev'], runtime: ['libdbus-1-3', 'libglib2.0-0t64'], older: { 'libglib2.0-0t64': 'libglib2.0-0' } },
  { names: ['systemd-python'], wheel: 'never', build: [...C, 'pkg-config', 'libsystemd-dev'], runtime: ['libsystemd0'] },
  { names: ['pyicu'], wheel: 'never', build: [...CXX, 'pkg-config', 'libicu-dev'], runtime: ['libicu76'], older: { libicu76: 'libicu72' } },
  { names: ['pysqlcipher3'], wheel: 'never', build: [...C, 'libsqlcipher-dev'], runtime: ['libsqlcipher1'], older: { libsqlcipher1: 'libsqlcipher0' } },
  { names: ['pygraphviz'], wheel: 'never', build: [...C, 'pkg-config', 'libgraphviz-dev'], runtime: ['graphviz'] },
  { names: ['pyaudio'], wheel: 'never', build: [...C, 'portaudio19-dev'], runtime: ['libportaudio2'] },
  { names: ['gdal'], wheel: 'never', build: [...CXX, 'libgdal-dev'], runtime: ['libgdal36'], older: { libgdal36: 'libgdal32' } },
  { names: ['dlib', 'face-recognition'], wheel: 'never', build: [...CXX, 'cmake', 'make', 'libopenblas-dev'], runtime: ['libopenblas0'] },
  { names: ['hnswlib', 'fasttext', 'annoy', 'chroma-hnswlib', 'pycocotools', 'crcmod', 'netifaces', 'pycrypto', 'm2crypto', 'bjoern', 'jpype1', 'python-levenshtein', 'cld2-cffi', 'pysqlite3', 'evdev', 'spidev', 'rpi-gpio', 'meinheld'], wheel: 'never', build: CXX, runtime: [] },
  { names: ['confluent-kafka'], wheel: 'usual', build: [...C, 'librdkafka-dev'], runtime: ['librdkafka1'] },
  { names: ['pymssql'], wheel: 'usual', build: [...C, 'freetds-dev'], runtime: ['libsybdb5'] },
  { names: ['opencv-python', 'opencv-contrib-python'], wheel: 'needless', build: [], runtime: ['libgl1', 'libglib2.0-0t64'], older: { 'libglib2.0-0t64': 'libglib2.0-0' } },
  { names: ['weasyprint', 'django-weasyprint', 'flask-weasyprint'], wheel: 'needless', build: [], runtime: ['libpango-1.0-0', 'libpangoft2-1.0-0', 'libharfbuzz-subset0', 'fontconfig', 'fonts-dejavu-core'] },
  { names: ['cairocffi', 'cairosvg'], wheel: 'needless', build: [], runtime: ['libcairo2'] },
  { names: ['python-magic'], wheel: 'needless', build: [], runtime: ['libmagic1t64'], older: { libmagic1t64: 'libmagic1' } },
  { names: ['pyodbc'], wheel: 'usual', build: [...CXX, 'unixodbc-dev'], runtime: ['libodbc2'], older: { libodbc2: 'libodbc1' } },
  { names: ['pyvips'], wheel: 'needless', build: [], runtime: ['libvips42t64'], older: { libvips42t64: 'libvips42' } },
  { names: ['pyzbar'], wheel: 'needless', build: [], runtime: ['libzbar0t64'], older: { libzbar0t64: 'libzbar0' } },
  { names: ['wand'], wheel: 'needless', build: [], runtime: ['libmagickwand-7.q16-10'], older: { 'libmagickwand-7.q16-10': 'libmagickwand-6.q16-6' } },
  { names: ['sounddevice'], wheel: 'needless', build: [], runtime: ['libportaudio2'] },
  { names: ['lightgbm', 'xgboost'], wheel: 'needless', build: [], runtime: ['libgomp1'] },
  { names: ['pytesseract'], wheel: 'needless', build: [], runtime: ['tesseract-ocr'], program: true },
  { names: ['pdf2image'], wheel: 'needless', build: [], runtime: ['poppler-utils'], program: true },
  { names: ['pydub', 'ffmpeg-python', 'openai-whisper', 'yt-dlp', 'moviepy', 'ffmpy'], wheel: 'needless', build: [], runtime: ['ffmpeg'], program: true },
  { names: ['gitpython', 'pydriller'], wheel: 'needless', build: [], runtime: ['git'], program: true },
  { names: ['graphviz', 'pydot'], wheel: 'needless', build: [], runtime: ['graphviz'], program: true },
  { names: ['pypandoc'], wheel: 'needless', build: [], runtime: ['pandoc'], program: true },
  { names: ['selenium'], wheel: 'needless', build: [], runtime: ['chromium', 'chromium-driver'], program: true },
] // biome-ignore format: a line a package

/** Django's gis loads them by name: https://docs.djangoproject.com/en/stable/ref/contrib/gis/install/geolibs/ */
export const GEODJANGO = ['binutils', 'gdal-bin', 'libproj25', 'libgeos-c1t64'] as const

/** Packages that look for programs or libraries by name as they run, so that an image without a shell is too little. */
export const NEEDS_SYSTEM: ReadonlySet<string> = new Set([
  'fabric', 'gitpython', 'invoke', 'jax', 'numba', 'paddlepaddle', 'paramiko-expect', 'pexpect', 'playwright', 'plumbum',
  'sh', 'tensorflow', 'torch', 'triton', 'xgboost', 'jupyter', 'notebook', 'jupyterlab', 'ansible', 'supervisor', 'uwsgi',
]) // biome-ignore format: one list

/** Packages that keep something in the home folder, which a numeric user doesn't have. */
export const WANTS_HOME: ReadonlySet<string> = new Set([
  'chainlit', 'chromadb', 'gradio', 'huggingface-hub', 'langchain', 'matplotlib', 'nicegui', 'nltk', 'sentence-transformers',
  'streamlit', 'tiktoken', 'torch', 'transformers', 'yfinance', 'yt-dlp', 'tldextract',
]) // biome-ignore format: one list
