export { checkLogoutAccepted, type LogoutAnswerFacts } from './check-logout-accepted.ts'
