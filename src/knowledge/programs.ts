/** Programs that sources start by name, and the Debian package that has each: https://packages.debian.org/trixie */
export const PROGRAMS: Readonly<Record<string, string>> = {
  '7z': '7zip', convert: 'imagemagick', composite: 'imagemagick', cwebp: 'webp', curl: 'curl', dig: 'bind9-dnsutils', dot: 'graphviz',
  exiftool: 'libimage-exiftool-perl', ffmpeg: 'ffmpeg', ffprobe: 'ffmpeg', gifsicle: 'gifsicle', git: 'git', gm: 'graphicsmagick',
  gpg: 'gnupg', gs: 'ghostscript', identify: 'imagemagick', inkscape: 'inkscape', jpegoptim: 'jpegoptim', jq: 'jq', magick: 'imagemagick',
  mediainfo: 'mediainfo', mogrify: 'imagemagick', mysql: 'default-mysql-client', mysqldump: 'default-mysql-client', nmap: 'nmap',
  openssl: 'openssl', optipng: 'optipng', pandoc: 'pandoc', pdftocairo: 'poppler-utils', pdftoppm: 'poppler-utils',
  pdftotext: 'poppler-utils', pg_dump: 'postgresql-client', pg_restore: 'postgresql-client', ping: 'iputils-ping', pngquant: 'pngquant',
  psql: 'postgresql-client', rsync: 'rsync', scp: 'openssh-client', sox: 'sox', ssh: 'openssh-client', tesseract: 'tesseract-ocr',
  traceroute: 'traceroute', unzip: 'unzip', wget: 'wget', whois: 'whois', zip: 'zip',
} // biome-ignore format: one list

/** Those that commands of a build start, with what they take besides. The history that git is asked for isn't there. */
export const BUILD_PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    Object.entries(PROGRAMS)
      .filter(([program]) => program !== 'git')
      .map(([program, name]) => [program, [name]]),
  ),
  curl: ['ca-certificates', 'curl'],
  hugo: ['ca-certificates', 'hugo'],
  make: ['make'],
  'shadow-cljs': ['ca-certificates', 'default-jre-headless'],
  wget: ['ca-certificates', 'wget'],
}
