/** The examples of RFC 9396, as printed there. */
export const rfc9396 = {
  /** 2, figure 2. */
  payment: {
    type: 'payment_initiation',
    locations: ['https://example.com/payments'],
    instructedAmount: { currency: 'EUR', amount: '123.50' },
    creditorName: 'Merchant A',
    creditorAccount: { bic: 'ABCIDEFFXXX', iban: 'DE02100100109307118603' },
    remittanceInformationUnstructured: 'Ref Number Merchant',
  },
  /** 2, figure 3: the first element. */
  accounts: {
    type: 'account_information',
    actions: ['list_accounts', 'read_balances', 'read_transactions'],
    locations: ['https://example.com/accounts'],
  },
  /** 2.2, figure 5. */
  customer: {
    type: 'customer_information',
    locations: ['https://example.com/customers'],
    actions: ['read', 'write'],
    datatypes: ['contacts', 'photos'],
  },
} as const
