export { checkItemTitle, type ItemFacts } from './check-item-title.ts'
