import rustHealthcheck from '../../../templates/shared/rust-healthcheck.hbs'
import rustTools from '../../../templates/shared/rust-tools.hbs'

/** What the templates of Rust may include. */
export default {
  'rust-healthcheck': rustHealthcheck,
  'rust-tools': rustTools,
}
