import goAssets from '../../../templates/shared/go-assets.hbs'
import goFiles from '../../../templates/shared/go-files.hbs'

/** What the templates of Go may include. */
export default {
  'go-assets': goAssets,
  'go-files': goFiles,
}
