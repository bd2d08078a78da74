'use strict'

// The native SQLite module needs Node-API 10 and takes the process down where that is missing.
const oldest = [22, 14]

/**
 * @param {string} version as in process.versions.node
 * @returns {string} one line that says what is needed, empty when this version will do
 */
exports.refusal = (version) => {
  const parts = version.split('.').map(Number)
  const enough = parts[0] > oldest[0] || (parts[0] === oldest[0] && parts[1] >= oldest[1])
  if (enough) return ''
  return `grantscope needs Node ${oldest.join('.')} or newer; this is Node ${version} (see https://nodejs.org)`
}
