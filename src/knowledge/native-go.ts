/** A module of Go that is compiled with C, by import path. */
export interface NativeModule {
  readonly module: string
  /** `bundled`: its C source or library comes with it and needs libc alone. `cxx`: the same, but C++. `libraries`: from Debian. */
  readonly links: 'bundled' | 'cxx' | 'libraries'
  /** Debian packages of trixie, beyond the compiler of the golang image. */
  readonly build?: readonly string[]
  readonly run?: readonly string[]
  /** Build tags that a static link wants, or Alpine's libc. */
  readonly staticTags?: readonly string[]
  readonly muslTags?: readonly string[]
  /** Whether the linked program can stand without any library. */
  readonly static?: true
}

const SQLITE = { links: 'bundled', static: true, staticTags: ['sqlite_omit_load_extension'] } as const

/** Modules that don't work without cgo, or only wrap one that doesn't. Checked against each module's own documentation. */
export const NATIVE_GO: readonly NativeModule[] = [
  { module: 'github.com/mattn/go-sqlite3', ...SQLITE },
  { module: 'gorm.io/driver/sqlite', ...SQLITE },
  { module: 'github.com/jinzhu/gorm/dialects/sqlite', ...SQLITE },
  { module: 'github.com/golang-migrate/migrate/v4/database/sqlite3', ...SQLITE },
  { module: 'github.com/gofiber/storage/sqlite3', ...SQLITE },
  { module: 'github.com/mutecomm/go-sqlcipher', links: 'bundled' },
  { module: 'github.com/tursodatabase/go-libsql', links: 'bundled' },
  { module: 'github.com/confluentinc/confluent-kafka-go', links: 'bundled', muslTags: ['musl'] },
  { module: 'github.com/valyala/gozstd', links: 'bundled', static: true },
  { module: 'github.com/DataDog/zstd', links: 'bundled', static: true },
  { module: 'github.com/chai2010/webp', links: 'bundled', static: true },
  {
    module: 'github.com/kolesa-team/go-webp',
    links: 'libraries',
    build: ['libwebp-dev', 'pkg-config'],
    run: ['libwebp7', 'libwebpdemux2', 'libwebpmux3'],
  },
  { module: 'github.com/marcboeker/go-duckdb', links: 'cxx' },
  { module: 'github.com/duckdb/duckdb-go', links: 'cxx' },
  { module: 'github.com/smacker/go-tree-sitter', links: 'cxx' },
  { module: 'github.com/tree-sitter/go-tree-sitter', links: 'bundled' },
  { module: 'rogchap.com/v8go', links: 'cxx' },
  { module: 'github.com/bytecodealliance/wasmtime-go', links: 'bundled' },
  { module: 'github.com/wasmerio/wasmer-go', links: 'bundled' },
  {
    module: 'github.com/h2non/bimg',
    links: 'libraries',
    build: ['libvips-dev', 'pkg-config'],
    run: ['libvips42t64'],
  },
  {
    module: 'github.com/davidbyttow/govips',
    links: 'libraries',
    build: ['libvips-dev', 'pkg-config'],
    run: ['libvips42t64'],
  },
  {
    module: 'gopkg.in/gographics/imagick.v3',
    links: 'libraries',
    build: ['libmagickwand-dev', 'pkg-config'],
    run: ['libmagickwand-7.q16-10'],
  },
  {
    module: 'github.com/google/gopacket/pcap',
    links: 'libraries',
    build: ['libpcap-dev'],
    run: ['libpcap0.8t64'],
  },
  {
    module: 'github.com/gopacket/gopacket/pcap',
    links: 'libraries',
    build: ['libpcap-dev'],
    run: ['libpcap0.8t64'],
  },
  {
    module: 'gocv.io/x/gocv',
    links: 'libraries',
    build: ['libopencv-dev', 'pkg-config'],
    run: ['libopencv-dev'],
  },
  {
    module: 'github.com/otiai10/gosseract',
    links: 'libraries',
    build: ['libtesseract-dev', 'libleptonica-dev'],
    run: ['libtesseract5', 'tesseract-ocr-eng'],
  },
  {
    module: 'github.com/linxGnu/grocksdb',
    links: 'libraries',
    build: ['librocksdb-dev'],
    run: ['librocksdb9.10'],
  },
  {
    module: 'github.com/libgit2/git2go',
    links: 'libraries',
    build: ['libgit2-dev', 'pkg-config'],
    run: ['libgit2-1.9'],
  },
  { module: 'github.com/alexbrainman/odbc', links: 'libraries', build: ['unixodbc-dev'], run: ['libodbc2'] },
  { module: 'github.com/godror/godror', links: 'libraries', run: ['libaio1t64'] },
  {
    module: 'github.com/coreos/go-systemd/v22/sdjournal',
    links: 'libraries',
    build: ['libsystemd-dev'],
    run: ['libsystemd0'],
  },
  {
    module: 'libvirt.org/go/libvirt',
    links: 'libraries',
    build: ['libvirt-dev', 'pkg-config'],
    run: ['libvirt0'],
  },
  {
    module: 'github.com/libvirt/libvirt-go',
    links: 'libraries',
    build: ['libvirt-dev', 'pkg-config'],
    run: ['libvirt0'],
  },
  {
    module: 'github.com/pebbe/zmq4',
    links: 'libraries',
    build: ['libzmq3-dev', 'pkg-config'],
    run: ['libzmq5'],
  },
  {
    module: 'github.com/hajimehoshi/oto',
    links: 'libraries',
    build: ['libasound2-dev', 'pkg-config'],
    run: ['libasound2t64'],
  },
  { module: 'github.com/miekg/pkcs11', links: 'bundled' },
]

/** Libraries that a `#cgo LDFLAGS: -lname` or `#cgo pkg-config: name` asks for, as Debian packages. */
export const C_LIBRARIES: Readonly<
  Record<string, { readonly build: readonly string[]; readonly run: readonly string[] }>
> = {
  z: { build: ['zlib1g-dev'], run: ['zlib1g'] },
  zlib: { build: ['zlib1g-dev'], run: ['zlib1g'] },
  ssl: { build: ['libssl-dev'], run: ['libssl3t64'] },
  crypto: { build: ['libssl-dev'], run: ['libssl3t64'] },
  openssl: { build: ['libssl-dev'], run: ['libssl3t64'] },
  sqlite3: { build: ['libsqlite3-dev'], run: ['libsqlite3-0'] },
  pcap: { build: ['libpcap-dev'], run: ['libpcap0.8t64'] },
  curl: { build: ['libcurl4-openssl-dev'], run: ['libcurl4t64'] },
  libcurl: { build: ['libcurl4-openssl-dev'], run: ['libcurl4t64'] },
  vips: { build: ['libvips-dev'], run: ['libvips42t64'] },
  png: { build: ['libpng-dev'], run: ['libpng16-16t64'] },
  libpng: { build: ['libpng-dev'], run: ['libpng16-16t64'] },
  jpeg: { build: ['libjpeg-dev'], run: ['libjpeg62-turbo'] },
  webp: { build: ['libwebp-dev'], run: ['libwebp7'] },
  xml2: { build: ['libxml2-dev'], run: ['libxml2'] },
  'libxml-2.0': { build: ['libxml2-dev'], run: ['libxml2'] },
  pq: { build: ['libpq-dev'], run: ['libpq5'] },
  libpq: { build: ['libpq-dev'], run: ['libpq5'] },
  usb: { build: ['libusb-1.0-0-dev'], run: ['libusb-1.0-0'] },
  'usb-1.0': { build: ['libusb-1.0-0-dev'], run: ['libusb-1.0-0'] },
  'libusb-1.0': { build: ['libusb-1.0-0-dev'], run: ['libusb-1.0-0'] },
  systemd: { build: ['libsystemd-dev'], run: ['libsystemd0'] },
  libsystemd: { build: ['libsystemd-dev'], run: ['libsystemd0'] },
  zmq: { build: ['libzmq3-dev'], run: ['libzmq5'] },
  libzmq: { build: ['libzmq3-dev'], run: ['libzmq5'] },
  rdkafka: { build: ['librdkafka-dev'], run: ['librdkafka1'] },
  seccomp: { build: ['libseccomp-dev'], run: ['libseccomp2'] },
  pam: { build: ['libpam0g-dev'], run: ['libpam0g'] },
  bz2: { build: ['libbz2-dev'], run: ['libbz2-1.0'] },
  lzma: { build: ['liblzma-dev'], run: ['liblzma5'] },
  zstd: { build: ['libzstd-dev'], run: ['libzstd1'] },
  lz4: { build: ['liblz4-dev'], run: ['liblz4-1'] },
  snappy: { build: ['libsnappy-dev'], run: ['libsnappy1v5'] },
}
