/** What a crate that builds or links C needs beyond `rust:slim` (gcc and libc6-dev). Debian's names. */
export interface NativeCrate {
  readonly crate: string
  /** Packages of the build stage. */
  readonly build: readonly string[]
  /** Packages of the runtime image; the C library, libstdc++, OpenSSL, zlib and zstd are in distroless `cc`. */
  readonly runtime?: readonly string[]
  /** A crate among its dependencies that shows that it brings the C sources along; then only these are needed. */
  readonly bundledBy?: string
  readonly bundled?: readonly string[]
  /** Why, for the comment in the Dockerfile. */
  readonly reason: string
}

const bindgen = ['libclang-dev']

/** Each row was taken from the crate's own build script or README. */
export const NATIVE_CRATES: readonly NativeCrate[] = [
  { crate: 'openssl-sys', build: ['libssl-dev', 'pkg-config'], reason: "openssl-sys asks pkg-config for OpenSSL's headers" },
  { crate: 'libsqlite3-sys', build: ['libsqlite3-dev', 'pkg-config'], runtime: ['libsqlite3-0'], bundledBy: 'cc', reason: 'libsqlite3-sys links SQLite' },
  { crate: 'pq-sys', build: ['libpq-dev'], runtime: ['libpq5'], bundledBy: 'pq-src', reason: "pq-sys links PostgreSQL's client library" },
  { crate: 'mysqlclient-sys', build: ['default-libmysqlclient-dev', 'pkg-config'], runtime: ['libmariadb3'], bundledBy: 'mysqlclient-src', bundled: ['cmake', 'g++', 'make', 'libssl-dev', 'pkg-config'], reason: "mysqlclient-sys links MySQL's client library" },
  { crate: 'rdkafka-sys', build: ['g++', 'make'], reason: 'rdkafka-sys compiles librdkafka' },
  { crate: 'sasl2-sys', build: ['libsasl2-dev', 'pkg-config'], runtime: ['libsasl2-2'], reason: 'sasl2-sys links Cyrus SASL' },
  { crate: 'librocksdb-sys', build: ['g++', 'libclang-dev'], reason: 'librocksdb-sys compiles RocksDB' },
  { crate: 'rust-librocksdb-sys', build: ['g++', 'libclang-dev'], reason: 'rust-librocksdb-sys compiles RocksDB' },
  { crate: 'libduckdb-sys', build: ['g++'], bundledBy: 'cc', bundled: ['g++'], reason: 'libduckdb-sys compiles DuckDB' },
  { crate: 'tikv-jemalloc-sys', build: ['make'], reason: "jemalloc's build uses make" },
  { crate: 'jemalloc-sys', build: ['make'], reason: "jemalloc's build uses make" },
  { crate: 'aws-lc-fips-sys', build: ['cmake', 'g++', 'golang', 'libclang-dev', 'make'], reason: 'aws-lc-fips-sys compiles AWS-LC' },
  { crate: 'boring-sys', build: ['cmake', 'g++', 'git', 'libclang-dev', 'make'], reason: 'boring-sys compiles BoringSSL' },
  { crate: 'boring-sys2', build: ['cmake', 'g++', 'git', 'libclang-dev', 'make'], reason: 'boring-sys2 compiles BoringSSL' },
  { crate: 'libz-ng-sys', build: ['cmake', 'make'], reason: 'libz-ng-sys compiles zlib-ng' },
  { crate: 'grpcio-sys', build: ['cmake', 'g++', 'make'], reason: 'grpcio-sys compiles gRPC' },
  { crate: 'protobuf-src', build: ['autoconf', 'automake', 'cmake', 'g++', 'libtool', 'make'], reason: 'protobuf-src compiles protoc' },
  { crate: 'cmake', build: ['cmake', 'g++', 'make'], reason: 'a dependency builds C with CMake' },
  { crate: 'autotools', build: ['autoconf', 'automake', 'libtool', 'make'], reason: 'a dependency builds C with Autotools' },
  { crate: 'nasm-rs', build: ['nasm'], reason: 'a dependency assembles with nasm' },
  { crate: 'link-cplusplus', build: ['g++'], reason: 'a dependency compiles C++' },
  { crate: 'cxx-build', build: ['g++'], reason: 'a dependency compiles C++' },
  { crate: 'esaxx-rs', build: ['g++'], reason: 'esaxx-rs compiles C++' },
  { crate: 'clang-sys', build: bindgen, reason: 'bindgen reads C headers with libclang' },
  { crate: 'openblas-src', build: ['gfortran', 'libopenblas-dev', 'make', 'pkg-config'], runtime: ['libopenblas0'], reason: 'openblas-src links OpenBLAS' },
  { crate: 'zeromq-src', build: ['g++'], reason: 'zeromq-src compiles ZeroMQ' },
  { crate: 'zmq-sys', build: ['libzmq3-dev', 'pkg-config'], runtime: ['libzmq5'], bundledBy: 'zeromq-src', bundled: ['g++'], reason: 'zmq-sys links ZeroMQ' },
  { crate: 'libsodium-sys', build: ['libsodium-dev', 'make', 'pkg-config'], runtime: ['libsodium23'], reason: 'libsodium-sys links libsodium' },
  { crate: 'alsa-sys', build: ['libasound2-dev', 'pkg-config'], runtime: ['libasound2t64'], reason: 'alsa-sys links ALSA' },
  { crate: 'libudev-sys', build: ['libudev-dev', 'pkg-config'], runtime: ['libudev1'], reason: 'libudev-sys links libudev' },
  { crate: 'libdbus-sys', build: ['libdbus-1-dev', 'pkg-config'], runtime: ['libdbus-1-3'], bundledBy: 'cc', reason: 'libdbus-sys links D-Bus' },
  { crate: 'libusb1-sys', build: ['libusb-1.0-0-dev', 'pkg-config'], runtime: ['libusb-1.0-0'], reason: 'libusb1-sys links libusb' },
  { crate: 'pcap', build: ['libpcap-dev'], runtime: ['libpcap0.8t64'], reason: 'pcap links libpcap' },
  { crate: 'odbc-sys', build: ['unixodbc-dev'], runtime: ['libodbc2'], reason: 'odbc-sys links unixODBC' },
  { crate: 'gdal-sys', build: ['libclang-dev', 'libgdal-dev', 'pkg-config'], runtime: ['libgdal36'], reason: 'gdal-sys links GDAL' },
  { crate: 'proj-sys', build: ['cmake', 'g++', 'libclang-dev', 'libproj-dev', 'make', 'pkg-config'], runtime: ['libproj25'], reason: 'proj-sys links PROJ' },
  { crate: 'geos-sys', build: ['libgeos-dev', 'pkg-config'], runtime: ['libgeos-c1t64'], reason: 'geos-sys links GEOS' },
  { crate: 'hdf5-sys', build: ['libhdf5-dev', 'pkg-config'], runtime: ['libhdf5-310'], bundledBy: 'hdf5-src', bundled: ['cmake', 'g++', 'make'], reason: 'hdf5-sys links HDF5' },
  { crate: 'libgssapi-sys', build: ['libclang-dev', 'libkrb5-dev'], runtime: ['libgssapi-krb5-2'], reason: 'libgssapi-sys links Kerberos' },
  { crate: 'ffmpeg-sys-next', build: ['libavcodec-dev', 'libavdevice-dev', 'libavfilter-dev', 'libavformat-dev', 'libavutil-dev', 'libclang-dev', 'libswresample-dev', 'libswscale-dev', 'pkg-config'], runtime: ['ffmpeg'], reason: 'ffmpeg-sys-next links FFmpeg' },
  { crate: 'tesseract-sys', build: ['libclang-dev', 'libleptonica-dev', 'libtesseract-dev', 'pkg-config'], runtime: ['libtesseract5', 'tesseract-ocr-eng'], reason: 'tesseract-sys links Tesseract' },
  { crate: 'leptonica-sys', build: ['libclang-dev', 'libleptonica-dev', 'pkg-config'], runtime: ['libleptonica6'], reason: 'leptonica-sys links Leptonica' },
  { crate: 'magick_rust', build: ['libclang-dev', 'libmagickwand-dev', 'pkg-config'], runtime: ['libmagickwand-7.q16-10'], reason: 'magick_rust links ImageMagick' },
  { crate: 'libvips', build: ['libvips-dev', 'pkg-config'], runtime: ['libvips42t64'], reason: 'libvips links the library of its name' },
  { crate: 'nettle-sys', build: ['libclang-dev', 'nettle-dev', 'pkg-config'], runtime: ['libhogweed6t64', 'libnettle8t64'], reason: 'nettle-sys links Nettle' },
  { crate: 'fontconfig-sys', build: ['libfontconfig-dev', 'pkg-config'], runtime: ['libfontconfig1'], reason: 'fontconfig-sys links Fontconfig' },
  { crate: 'yeslogic-fontconfig-sys', build: ['libfontconfig-dev', 'pkg-config'], runtime: ['libfontconfig1'], bundledBy: 'dlib', reason: 'fontconfig-sys links Fontconfig' },
  { crate: 'freetype-sys', build: ['cmake', 'make', 'pkg-config'], reason: 'freetype-sys compiles FreeType' },
  { crate: 'pyo3-ffi', build: ['python3-dev'], runtime: ['libpython3.13'], reason: 'pyo3 embeds Python' },
] // biome-ignore format: a row a line

/** Alpine's packages for Debian's, as far as a static program can link them. */
export const ALPINE: Readonly<Record<string, readonly string[]>> = {
  cmake: ['cmake'],
  'g++': ['g++'],
  git: ['git'],
  make: ['make'],
  perl: ['perl'],
  nasm: ['nasm'],
  nodejs: ['nodejs'],
  npm: ['npm'],
  python3: ['python3'],
  'pkg-config': ['pkgconf'],
  'libssl-dev': ['openssl-dev', 'openssl-libs-static'],
  'protobuf-compiler': ['protobuf'],
  'libprotobuf-dev': ['protobuf-dev'],
}

/** Crates that run `protoc` as they are built, and crates that bring it along. https://docs.rs/prost-build/#sourcing-protoc */
export const PROTOC_USERS: readonly string[] = ['prost-build', 'tonic-build', 'tonic-prost-build', 'protoc', 'protoc-rust', 'protobuf-codegen-pure', 'prost-wkt-build', 'grpcio-compiler', 'protobuf-build'] // biome-ignore format: one list
export const PROTOC_BROUGHT: readonly string[] = ['protobuf-src', 'protoc-bin-vendored', 'protox', 'protoc-prebuilt', 'dlprotoc'] // biome-ignore format: one list

/** Programs that a build script calls, by the package that holds them. */
export const BUILD_TOOLS: Readonly<Record<string, readonly string[]>> = {
  protoc: ['libprotobuf-dev', 'protobuf-compiler'],
  git: ['git'],
  cmake: ['cmake', 'g++', 'make'],
  make: ['make'],
  npm: ['nodejs', 'npm'],
  npx: ['nodejs', 'npm'],
  node: ['nodejs'],
  python3: ['python3'],
  python: ['python3'],
  perl: ['perl'],
  clang: ['clang'],
  bash: [],
  sh: [],
  rustc: [],
  cargo: [],
  date: [],
  uname: [],
}
