import { Component, type ReactNode } from 'react'
import { ErrorState } from './states.tsx'

interface Props {
  /** What failed, for the message: "This section", "Grantscope". */
  what: string
  /** A new value tries again. */
  resetKey?: string
  children: ReactNode
}

interface State {
  error: Error | null
  resetKey: string | undefined
}

/** Shows a page in place of a part that threw while it was drawn. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <ErrorState
        title={`${this.props.what} could not be shown`}
        message="This is a fault in Grantscope, not in your app. The issuer goes on running."
        detail={error.stack ?? error.message}
        onRetry={() => this.setState({ error: null })}
      />
    )
  }
}
