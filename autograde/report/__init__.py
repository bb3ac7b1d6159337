"""The facilitator's page: where a study group stands in a unit, and what to talk about."""
