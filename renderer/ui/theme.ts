import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  InputWrapper,
  Menu,
  Modal,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Switch,
  Tabs,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

const signal = [
  '#effcf9',
  '#d2f5ee',
  '#a8eadf',
  '#71d9ca',
  '#3ec1b0',
  '#1fa394',
  '#0f766e',
  '#0d655f',
  '#0b534e',
  '#083f3c',
] as const

const dark = [
  '#d8dee4',
  '#b4bdc6',
  '#98a3ae',
  '#76828e',
  '#36404a',
  '#29313a',
  '#1d232a',
  '#14191f',
  '#0f1317',
  '#0a0d10',
] as const

const gray = [
  '#f7f8fa',
  '#eff1f4',
  '#e4e7eb',
  '#d5dadf',
  '#bcc4cc',
  '#87929d',
  '#67727d',
  '#4c5661',
  '#323a43',
  '#1b2128',
] as const

const small = { defaultProps: { size: 'xs' } }

export const theme = createTheme({
  primaryColor: 'signal',
  primaryShade: { light: 6, dark: 4 },
  colors: { signal, dark, gray },
  black: '#171c22',
  autoContrast: true,
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '12.5px', sm: '13.5px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
      h4: { fontSize: '13.5px', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  // Mantine picks the text colour of a filled button by the light theme's shade, whatever the theme is.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input)
    const primary = input.color === undefined || input.color === input.theme.primaryColor
    return primary && input.variant === 'filled'
      ? { ...colors, color: 'var(--mantine-primary-color-contrast)' }
      : colors
  },
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Badge: Badge.extend({ defaultProps: { variant: 'default', radius: 'sm', tt: 'none', fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'filled' } }),
    Checkbox: Checkbox.extend(small),
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    Input: Input.extend(small),
    InputWrapper: InputWrapper.extend(small),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: 'md', overlayProps: { opacity: 0.45 } } }),
    NumberInput: NumberInput.extend(small),
    PasswordInput: PasswordInput.extend(small),
    SegmentedControl: SegmentedControl.extend(small),
    Select: Select.extend(small),
    Switch: Switch.extend({ defaultProps: { size: 'sm', withThumbIndicator: false } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    TagsInput: TagsInput.extend(small),
    Textarea: Textarea.extend(small),
    TextInput: TextInput.extend(small),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, multiline: true, maw: 360 } }),
  },
})

/** Mantine's own dimmed, placeholder and error colours miss 4.5:1 on our surfaces. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56616c',
    '--mantine-color-placeholder': '#67727d',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b6159',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa6b1',
    '--mantine-color-placeholder': '#8b97a3',
    '--mantine-color-error': '#ff9b91',
    '--mantine-color-anchor': '#5eead4',
  },
})
