"""C3 exchange or replace SIM 换卡/补卡."""
