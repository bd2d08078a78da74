import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { dirname } from 'node:path'
import { generate } from 'selfsigned'
import { bindAddress, isWildcard } from './address.ts'

export interface Certificate {
  /** PEM. */
  key: string
  cert: string
  /** File of the certificate, to trust: `NODE_EXTRA_CA_CERTS=<certFile>`. */
  certFile: string
}

export interface CertificateFiles {
  certFile: string
  keyFile: string
}

const day = 86_400_000
/** Apple's limit for any certificate it trusts is 825 days. */
const lifetime = 800 * day
/** Renewed this long before it ends, so that a server left running does not end with it. */
const renewBefore = 30 * day

/** The names a certificate for this server has to carry: loopback, what it binds, and what its fixed issuer URL says. */
export function certificateNames(
  host: string,
  issuer?: string,
  allowedHosts: readonly string[] = [],
): string[] {
  const names = ['localhost', '127.0.0.1', '::1', ...allowedHosts.map(unbracketed)]
  if (!isWildcard(host)) names.push(bindAddress(host))
  if (issuer !== undefined) names.push(unbracketed(new URL(issuer).hostname))
  return [...new Set(names)]
}

const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

/** The certificate kept in `files`, made anew when it is missing, unreadable, ending, or lacks one of `names`. */
export async function ensureCertificate(
  files: CertificateFiles,
  names: readonly string[],
  now: number,
): Promise<Certificate> {
  const kept = await readKept(files)
  const pair = kept && stillGood(kept, names, now) ? kept : await makeCertificate(files, names, now)
  return { ...pair, certFile: files.certFile }
}

interface Pair {
  key: string
  cert: string
}

async function readKept({ certFile, keyFile }: CertificateFiles): Promise<Pair | null> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
    await chmod(keyFile, 0o600)
    return { cert, key }
  } catch {
    return null
  }
}

function stillGood({ key, cert }: Pair, names: readonly string[], now: number): boolean {
  try {
    const parsed = new X509Certificate(cert)
    const lasts = Date.parse(parsed.validTo) - renewBefore > now && Date.parse(parsed.validFrom) <= now
    return (
      lasts && parsed.checkPrivateKey(createPrivateKey(key)) && names.every((name) => covers(parsed, name))
    )
  } catch {
    return false
  }
}

const covers = (certificate: X509Certificate, name: string) =>
  (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined

async function makeCertificate(
  files: CertificateFiles,
  names: readonly string[],
  now: number,
): Promise<Pair> {
  const made = await generate([{ name: 'commonName', value: 'Grantscope local issuer' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // A clock a little behind ours should accept it, too.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now - day + lifetime),
    extensions: [
      // Trusting this certificate must not mean trusting others signed with its key.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(altName) },
    ],
  })
  const pair = { key: made.private, cert: made.cert }
  await mkdir(dirname(files.keyFile), { recursive: true })
  await replaceFile(files.keyFile, pair.key, 0o600)
  await replaceFile(files.certFile, pair.cert, 0o644)
  return pair
}

const altName = (name: string) =>
  isIP(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const)

/** Writes beside the file, then renames: never half a key, and never one that was readable by others for a moment. */
async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.${process.pid}.new`
  await writeFile(draft, text, { mode })
  await rename(draft, file)
}
